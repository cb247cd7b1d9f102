//! The statement, by a TPM in software or by a real one.

use super::super::encode;

/// A `tpm` attestation statement.
#[derive(Debug, Clone)]
pub struct TpmStatement {
    /// The COSE number of the AIK's algorithm.
    pub algorithm: i64,
    /// By the AIK over `cert_info`: plain for RSA, DER for ECDSA.
    pub signature: Vec<u8>,
    /// The AIK's certificate and those above it.
    pub chain: Vec<Vec<u8>>,
    /// `TPMT_PUBLIC`.
    pub pub_area: Vec<u8>,
    /// `TPMS_ATTEST`.
    pub cert_info: Vec<u8>,
}

impl TpmStatement {
    /// The attestation object with this statement.
    pub fn attestation_object(&self, auth_data: &[u8]) -> Vec<u8> {
        encode::attestation_object("tpm", &self.encode(), auth_data)
    }

    pub(in super::super) fn encode(&self) -> Vec<u8> {
        let mut statement = Vec::new();
        let out = &mut statement;
        encode::head(out, encode::MAP, 6);
        encode::text(out, "alg");
        encode::algorithm(out, self.algorithm);
        encode::text(out, "sig");
        encode::bytes(out, &self.signature);
        encode::text(out, "ver");
        encode::text(out, "2.0");
        encode::text(out, "x5c");
        encode::head(out, encode::ARRAY, self.chain.len());
        for certificate in &self.chain {
            encode::bytes(out, certificate);
        }
        encode::text(out, "pubArea");
        encode::bytes(out, &self.pub_area);
        encode::text(out, "certInfo");
        encode::bytes(out, &self.cert_info);
        statement
    }
}
