//! Who makes TPMs.

use core::fmt;

/// A manufacturer, by the four bytes that its TPMs answer to `TPM_PT_MANUFACTURER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TpmManufacturer([u8; 4]);

/// "TCG TPM Vendor ID Registry Family 1.2 and 2.0", version 1.08 of July 2026, table 2
/// (<https://trustedcomputinggroup.org/resource/vendor-id-registry/>). Left out are the ids of
/// its table 3, for simulators and tests.
const REGISTERED: [([u8; 4], &str); 30] = [
    (*b"AMD\0", "AMD"),
    (*b"ANT\0", "Ant Group"),
    (*b"ARM\0", "Arm"),
    (*b"ATML", "Atmel"),
    (*b"BRCM", "Broadcom"),
    (*b"CSCO", "Cisco"),
    (*b"FLYS", "Flyslice Technologies"),
    (*b"ROCC", "Fuzhou Rockchip"),
    (*b"GOOG", "Google"),
    (*b"HPI\0", "HPI"),
    (*b"HPE\0", "HPE"),
    (*b"HISI", "Huawei"),
    (*b"IBM\0", "IBM"),
    (*b"IFX\0", "Infineon"),
    (*b"INTC", "Intel"),
    (*b"LEN\0", "Lenovo"),
    (*b"MSFT", "Microsoft"),
    (*b"NSM ", "National Semiconductor"),
    (*b"NTZ\0", "Nationz"),
    (*b"NSG\0", "NSING"),
    (*b"NTC\0", "Nuvoton Technology"),
    (*b"QCOM", "Qualcomm"),
    (*b"SMSN", "Samsung"),
    (*b"SECE", "SecEdge"),
    (*b"SNS\0", "Sinosun"),
    (*b"SMSC", "SMSC"),
    (*b"STM ", "STMicroelectronics"),
    (*b"TXN\0", "Texas Instruments"),
    (*b"WEC\0", "Winbond"),
    (*b"SEAL", "Wisekey"),
];

impl TpmManufacturer {
    /// Wraps the four bytes.
    pub const fn new(id: [u8; 4]) -> Self {
        Self(id)
    }

    /// Reads `id:` and eight hexadecimal digits, of either case: certificates have both.
    pub fn from_text(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("id:")?;
        let plain = digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let id = plain.then(|| u32::from_str_radix(digits, 16).ok())??;
        Some(Self(id.to_be_bytes()))
    }

    /// The company, when the TCG's registry has it.
    pub fn name(self) -> Option<&'static str> {
        REGISTERED.iter().find(|(id, _)| *id == self.0).map(|(_, name)| *name)
    }
}

/// As certificates write it, `id:414D4400`.
impl fmt::Display for TpmManufacturer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id:{:08X}", u32::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_certificates() {
        let amd = TpmManufacturer::from_text("id:414D4400").unwrap();
        assert_eq!((amd.name(), amd.to_string()), (Some("AMD"), "id:414D4400".to_owned()));
        assert_eq!(TpmManufacturer::from_text("id:414d4400"), Some(amd));
        assert_eq!(TpmManufacturer::from_text("id:FFFFF1D0").unwrap().name(), None);
        for other in ["414D4400", "id:414D440", "id:414D44000", "id:+14D4400", "id: AMD", ""] {
            assert_eq!(TpmManufacturer::from_text(other), None, "{other}");
        }
    }
}
