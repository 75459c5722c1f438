import Foundation

extension BlindIndex {
    /// Keyed tokens of a postcode's district ("LE15") and its sector ("LE15 6"), in this order; nil when it is no whole
    /// postcode. Two addresses are compared by them without either being opened.
    func near(_ postcode: String) -> [String]? {
        Self.near(postcode) { part, field in token(for: part, field: field) }
    }

    static func near(_ postcode: String, token: (String, String) -> Data?) -> [String]? {
        let normal = normalised(postcode, field: "postcode")
        guard (5...7).contains(normal.count), normal.suffix(3).first?.isNumber == true else { return nil }
        let tokens = [(normal.dropLast(3), "district"), (normal.dropLast(2), "sector")].compactMap { part, field in
            token(String(part), field)?.map { String(format: "%02x", $0) }.joined()
        }
        return tokens.count == 2 ? tokens : nil
    }

    /// Of the last postcode in an address as somebody wrote it.
    func near(anywhereIn address: String) -> [String]? {
        address.uppercased().matches(of: /\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b/).last.flatMap {
            near(String($0.output))
        }
    }
}
