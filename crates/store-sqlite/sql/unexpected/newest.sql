SELECT enrollment, at FROM unexpected ORDER BY at DESC, enrollment DESC LIMIT ?1
