import Foundation

/// What an encoded file says of itself, as JSON: nothing of any single record.
public struct EncodedHeader: Sendable, Codable, Equatable {
    public struct AttributeValues: Sendable, Codable, Equatable {
        public let attribute: EncodedAttributes.Attribute
        /// A record's number in the column of this name is a place here.
        public let values: [String]
    }

    public let mode: String
    /// Who sent the records; a record's number in the column `agency` is a place here.
    public let agencies: [String]
    public let columns: [EncodedColumn]
    public let attributes: [AttributeValues]
    public let profile: EncodedProfile

    /// Whether it stays within what an encoding can say: a header is anybody's to write.
    var isPossible: Bool {
        agencies.count <= 250 && attributes.count <= EncodedAttributes.Attribute.allCases.count && profile.isPossible
    }

    init(
        mode: EncodingMode, agencies: [String], columns: [EncodedColumn], attributes: EncodedAttributes,
        profile: EncodedProfile
    ) {
        self.mode = mode.name
        self.agencies = agencies
        self.attributes = attributes.values.map { AttributeValues(attribute: $0.attribute, values: $0.names) }
        self.columns = columns + self.attributes.map { EncodedColumn("attribute_\($0.attribute.rawValue)", 2) }
        self.profile = profile
    }

    /// Keys in order, so that the same records make the same bytes.
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers can always be written.
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }

    init?(json: some Collection<UInt8>) {
        guard let header = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = header
    }
}
