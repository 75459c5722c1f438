import Postgres

extension Row {
    /// "Maya Castell", from `given_name` and `family_name`; nil where the person is nobody or out of reach.
    func personName() throws -> String? {
        guard let given: String = try self["given_name"] else { return nil }
        let family: String = try self["family_name"]
        return family.isEmpty ? given : "\(given) \(family)"
    }
}
