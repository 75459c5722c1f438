/// Everything that somebody can read side by side: the tables that are to leave, those that left before, and how their
/// cells hang together. All of it is judged as one system of equations.
public struct ReleaseRequest: Sendable {
    /// A relation between cells: the sum of counts times factors is `sum`.
    public struct Relation: Sendable {
        public let factors: [String: Int]
        public let sum: Int

        /// By the names of cells ("table|code|code").
        public init(_ factors: [String: Int], sum: Int = 0) {
            self.factors = factors
            self.sum = sum
        }
    }

    /// A table that is the sum of others, cell by cell: the year to date of its quarters.
    public struct Accumulation: Sendable {
        public let total: String
        public let parts: [String]

        public init(_ total: String, of parts: [String]) {
            self.total = total
            self.parts = parts
        }
    }

    public var tables: [CountTable]
    /// What was released before, as `.shown` and `.hidden` cells. A table that stands here and in `tables` is one.
    public var earlier: [CountTable]
    /// Names of cells that are one number shown more than once.
    public var same: [[String]]
    public var accumulations: [Accumulation]
    public var relations: [Relation]

    public init(
        _ tables: [CountTable], earlier: [CountTable] = [], same: [[String]] = [], accumulations: [Accumulation] = [],
        relations: [Relation] = []
    ) {
        self.tables = tables
        self.earlier = earlier
        self.same = same
        self.accumulations = accumulations
        self.relations = relations
    }
}
