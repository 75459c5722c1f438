import Foundation

/// What was learnt: how values compare when the two are one person, of one household, or strangers.
///
/// A pair belongs to one of six classes. Its weight is log2 of (one person : not one person), prior included, so that 0
/// is even odds. That kin share surname, address and telephone is a class of its own: this is why such agreement
/// without forename and date of birth counts against.
struct LinkModel {
    enum Kind: Int, CaseIterable {
        case same, moved, stranger, relative, twin, junior
    }

    /// Chances of the levels of one field, in each way of being related.
    struct FieldModel {
        var same: [Double]
        var moved: [Double]
        var stranger: [Double]
        var kin: [Double]
        /// Dates only: a generation apart.
        var apart: [Double]
    }

    var fields: [FieldModel]
    /// Share of all pairs in each class.
    var priors: [Double]
    let types: [FieldType]
    /// The weight of a pair of which nothing is known.
    var startWeight: Double { log2(priors[0] + priors[1]) - log2(max(1e-300, 1 - priors[0] - priors[1])) }

    init(types: [FieldType], fields: [FieldModel], priors: [Double]) {
        (self.types, self.fields, self.priors) = (types, fields, priors)
    }

    /// What a household shares.
    static func isShared(_ type: FieldType) -> Bool {
        switch type {
        case .surname, .postcode, .address, .phone, .text, .category: true
        default: false
        }
    }

    /// The chances of a field's levels in a class.
    func chances(_ field: Int, _ kind: Kind) -> [Double] {
        let model = fields[field], type = types[field]
        switch kind {
        case .same: return model.same
        case .moved: return Self.isShared(type) ? model.moved : model.same
        case .stranger: return model.stranger
        case .relative:
            return Self.isShared(type) || type == .nhsNumber || type == .identifier ? model.kin : model.stranger
        case .twin:
            if type == .date { return model.same }
            return Self.isShared(type) || type == .nhsNumber || type == .identifier ? model.kin : model.stranger
        case .junior:
            if type == .date { return model.apart }
            if type == .forename { return model.same }
            return Self.isShared(type) ? model.kin : model.stranger
        }
    }
}
