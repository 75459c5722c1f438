/// What is kept of a release, so that it can be shown again as it left, and so that later ones can be checked against
/// it. Decoding trusts whoever kept it: only what `DisclosureControl` released is ever encoded.
extension Released: Codable where Table == CountTable {
    private enum Keys: String, CodingKey { case name, dimensions, places, values, leastBase, rule, footnotes }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Keys.self)
        let places = try box.decode([[String]].self, forKey: .places)
        let values = try box.decode([Int?].self, forKey: .values)
        let shown = zip(places, values).map { ($0, $1.map(PublishedValue.count) ?? .withheld) }
        published = PublishedTable(
            name: try box.decode(String.self, forKey: .name),
            dimensions: try box.decode([CountDimension].self, forKey: .dimensions),
            values: Dictionary(shown) { first, _ in first },
            leastBase: try box.decode(Int.self, forKey: .leastBase))
        rule = try box.decode(String.self, forKey: .rule)
        footnotes = try box.decode([String].self, forKey: .footnotes)
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Keys.self)
        let places = published.places
        try box.encode(published.name, forKey: .name)
        try box.encode(published.dimensions, forKey: .dimensions)
        try box.encode(places, forKey: .places)
        try box.encode(places.map { published.value($0).count }, forKey: .values)
        try box.encode(published.leastBase, forKey: .leastBase)
        try box.encode(rule, forKey: .rule)
        try box.encode(footnotes, forKey: .footnotes)
    }
}

extension CountTable: Codable {
    private enum Keys: String, CodingKey { case name, dimensions, places, counts, hidden, single }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Keys.self)
        let places = try box.decode([[String]].self, forKey: .places)
        let counts = try box.decode([Int].self, forKey: .counts)
        let hidden = try box.decode([Bool].self, forKey: .hidden)
        let cells = zip(places, zip(counts, hidden)).map { at, cell in
            (at, cell.1 ? CountCell.hidden(cell.0) : .shown(cell.0))
        }
        try self.init(
            try box.decode(String.self, forKey: .name), try box.decode([CountDimension].self, forKey: .dimensions),
            cells: Dictionary(cells) { first, _ in first }, single: try box.decode(Set<String>.self, forKey: .single))
    }

    /// Of a table of record: each of its cells was shown or hidden.
    public func encode(to encoder: any Encoder) throws {
        var (kept, counts, hidden): ([[String]], [Int], [Bool]) = ([], [], [])
        for at in places {
            let (count, isHidden): (Int, Bool)
            switch cells[at] {
            case .shown(let shown), .count(let shown): (count, isHidden) = (shown, false)
            case .hidden(let known?): (count, isHidden) = (known, true)
            case .hidden(nil), nil: continue
            }
            counts.append(count)
            hidden.append(isHidden)
            kept.append(at)
        }
        var box = encoder.container(keyedBy: Keys.self)
        try box.encode(name, forKey: .name)
        try box.encode(dimensions, forKey: .dimensions)
        try box.encode(kept, forKey: .places)
        try box.encode(counts, forKey: .counts)
        try box.encode(hidden, forKey: .hidden)
        try box.encode(single.sorted(), forKey: .single)
    }
}
