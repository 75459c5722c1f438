import Foundation

/// A model as a file: chances of each level in log2, the blocking rules, what the columns are.
public struct SavedModel: Codable, Equatable, Sendable {
    public struct Level: Codable, Equatable, Sendable {
        /// 16 is the same value, whichever.
        public let level: Int
        public let name: String
        /// Log2 of the chance for one person; who has moved or changed name; kin; strangers. `weight` is m less u.
        public let m: Double
        public let moved: Double
        public let kin: Double
        public let u: Double
        public let weight: Double
    }

    public struct Field: Codable, Equatable, Sendable {
        public let column: String
        public let type: FieldType
        public let levels: [Level]
    }

    public let version: Int
    public let schema: LinkSchema
    public let fields: [Field]
    /// Shares of all pairs: one person, one person who moved, strangers, kin, twins, of one name and a generation
    /// apart.
    public let shares: [Double]
    public let blocking: [String]
    public let records: Int

    public init(reading data: Data) throws(LinkageProblem) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let model = try? decoder.decode(SavedModel.self, from: data) else {
            throw LinkageProblem("the model can't be read: it isn't a file that --save-model wrote.")
        }
        guard model.version == 1 else {
            throw LinkageProblem("the model is of version \(model.version); this program reads version 1.")
        }
        self = model
    }

    init(_ linkage: Linkage) {
        version = 1
        schema = linkage.schema
        shares = linkage.model.priors
        blocking = linkage.rules.map(\.name)
        records = linkage.count
        let model = linkage.model
        fields = model.fields.indices.map { field in
            let type = model.types[field], learnt = model.fields[field]
            return Field(
                column: linkage.schema.fields[field].column, type: type,
                levels: (Array(1...Linkage.levels(type)) + [16]).map { level in
                    func log(_ chances: [Double]) -> Double {
                        log2(max(1e-300, level == 16 ? chances[16...].reduce(0, +) : chances[level]))
                    }
                    let (m, u) = (log(learnt.same), log(learnt.stranger))
                    return Level(
                        level: level, name: Linkage.levelName(type, level), m: m, moved: log(learnt.moved),
                        kin: log(learnt.kin), u: u, weight: m - u)
                })
        }
    }
}

extension Linkage {
    static func levels(_ type: FieldType) -> Int { Level.count(type) }

    static func levelName(_ type: FieldType, _ level: Int) -> String { Level.name(type, level) }

    /// What was learnt, to be used again.
    public var savedModel: SavedModel { SavedModel(self) }
}

extension Learner {
    /// Takes a saved model's chances; how often values stand is these records' own.
    mutating func start(from saved: SavedModel) throws(LinkageProblem) {
        guard saved.fields.map(\.type) == model.types, saved.shares.count == 6,
            saved.fields.allSatisfy({ field in field.levels.allSatisfy { (1...16).contains($0.level) } })
        else { throw LinkageProblem("the model was made for other columns.") }
        for (field, learnt) in saved.fields.enumerated() {
            for level in learnt.levels {
                model.set(field, level, shares: rarities(field))
            }
        }
    }
}

extension LinkModel {
    fileprivate mutating func set(_ field: Int, _ saved: SavedModel.Level, shares: [Double]) {
        func put(_ chances: inout [Double], _ logged: Double) {
            if saved.level < Level.same {
                chances[saved.level] = exp2(logged)
            } else {
                for rarity in 0..<16 { chances[Level.same + rarity] = exp2(logged) * shares[rarity] }
            }
        }
        put(&fields[field].same, saved.m)
        put(&fields[field].moved, saved.moved)
        put(&fields[field].kin, saved.kin)
        if saved.level < Level.same { put(&fields[field].stranger, saved.u) }
    }
}
