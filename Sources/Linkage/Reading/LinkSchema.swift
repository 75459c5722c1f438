/// What a column is compared as.
public enum FieldType: String, Codable, CaseIterable, Sendable {
    case forename, surname, date, sex, postcode, address, identifier, phone, text, category
    /// Beside the contract's ten: ten digits with a check digit, and what else somebody may be called.
    case nhsNumber = "nhs_number", middleName = "middle_name"

    var isName: Bool { self == .forename || self == .surname || self == .middleName }
}

/// Which columns are compared, and as what: the file that `--schema` names, or what the column names say.
public struct LinkSchema: Codable, Equatable, Sendable {
    public struct Field: Codable, Equatable, Sendable {
        public let column: String
        public let type: FieldType

        public init(_ column: String, _ type: FieldType) { (self.column, self.type) = (column, type) }
    }

    public enum Mode: String, Codable, Sendable {
        case dedupe, link
    }

    /// The column with the record's own name, unique over all files.
    public var id: String?
    /// The column that names who sent the record; without it each file is a source.
    public var source: String?
    public var fields: [Field]
    /// `link` compares records of different sources only.
    public var mode: Mode?

    public init(id: String? = nil, source: String? = nil, fields: [Field], mode: Mode? = nil) {
        (self.id, self.source, self.fields, self.mode) = (id, source, fields, mode)
    }

    var compared: Int { fields.count { $0.type != .middleName } }

    /// The columns that need no schema.
    public static let standard = LinkSchema(
        id: "record_id", source: "agency",
        fields: [
            Field("forename", .forename), Field("middle_name", .middleName), Field("surname", .surname),
            Field("dob", .date), Field("sex", .sex), Field("postcode", .postcode), Field("nhs_number", .nhsNumber),
            Field("phone", .phone),
        ])

    /// Names in use for the same columns.
    static let aliases: [String: String] = [
        "id": "record_id", "recid": "record_id", "recordid": "record_id", "reference": "record_id", "ref": "record_id",
        "source": "agency", "organisation": "agency", "provider": "agency",
        "firstname": "forename", "givenname": "forename", "first": "forename", "forenames": "forename",
        "middlename": "middle_name", "middlenames": "middle_name", "secondforename": "middle_name",
        "lastname": "surname", "familyname": "surname", "last": "surname",
        "dateofbirth": "dob", "birthdate": "dob", "birthdt": "dob", "birth": "dob", "gender": "sex",
        "postalcode": "postcode", "pcode": "postcode", "zip": "postcode", "nhs": "nhs_number", "nhsno": "nhs_number",
        "telephone": "phone", "mobile": "phone", "tel": "phone", "phonenumber": "phone", "telephonenumber": "phone",
        "mobilenumber": "phone",
    ]

    /// A column's name without case, spaces and marks.
    static func plain(_ name: String) -> String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }

    /// A column's name as it is compared, and what it is another word for: for comparing many with many.
    public static func keys(_ name: String) -> (plain: String, alias: String?) {
        let plain = plain(name)
        return (plain, aliases[plain])
    }

    /// The same column, by its name or by one in use for it.
    public static func isSame(_ written: String, _ wanted: String) -> Bool {
        let written = plain(written)
        return written == plain(wanted) || aliases[written] == wanted
    }
}
