SELECT bytes FROM metadata_file WHERE only = 1
