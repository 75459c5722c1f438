import Foundation

/// How good what agencies sent is, by agency and column: a table whose cells say how much is unknown.
struct QualityTable: Sendable {
    let columns: [DataColumn]
    /// In the order of the agencies.
    let rows: [Row]

    struct Row: Sendable {
        let agency: String
        /// Nil: no return, which is not the same as nothing unknown.
        let one: DataReturn?
        let cells: [Cell]
    }

    /// One agency's column.
    enum Cell: Equatable, Sendable {
        /// In parts of a thousand.
        case share(Int)
        /// The file has no such column.
        case absent
        /// The file is encoded, which tells this of the columns to link by only.
        case untold
        /// All rows of the file are set aside.
        case noRows
        case noReturn

        /// "37.5%"
        var words: String {
            switch self {
            case .share(let parts): "\(parts / 10).\(parts % 10)%"
            case .absent: "Not in the file"
            case .untold: "Not told by an encoded file"
            case .noRows: "No row to use"
            case .noReturn: "No return"
            }
        }
        /// The shade of the table's cell: nought is none.
        var shade: Int? {
            guard case .share(let parts) = self else { return nil }
            return switch parts {
            case ..<50: 0
            case ..<150: 1
            case ..<300: 2
            case ..<500: 3
            default: 4
            }
        }
    }

    init(_ call: DataCall, _ standings: [CallStanding]) {
        let asked = call.specification.columns.filter { $0.kind != .record }
        columns = asked
        rows = standings.map { standing in
            let one = standing.current
            return Row(agency: standing.agency.name, one: one, cells: asked.map { column in
                guard let one, let profile = one.profile else { return .noReturn }
                guard let field = profile.fields.first(where: { $0.name == column.name }), !field.isAbsent
                else { return one.untold }
                return profile.unknownShare(field).map(Cell.share) ?? .noRows
            })
        }
    }

    static let header = [
        "agency", "return", "column", "rows", "set aside", "repeated references", "state", "count", "of",
    ]

    /// A line for each agency, column and state; one without numbers where nothing was sent.
    var file: String {
        CommaSeparated.text(Self.header, rows.flatMap { row -> [[String]] in
            guard let one = row.one, let profile = one.profile else {
                return [[row.agency, "No return", "", "", "", "", "", "", ""]]
            }
            let head = [row.agency, "Number \(one.number)"]
            let counts = [String(profile.rows), String(profile.bad), String(profile.repeated)]
            return profile.fields.flatMap { field -> [[String]] in
                if field.isAbsent { return [head + [field.name] + counts + [one.untold.words, "", ""]] }
                var lines = CellState.allCases.map { state in
                    head + [field.name] + counts + [state.label, String(field[state]), String(profile.base)]
                }
                lines.append(head + [field.name] + counts + [
                    "Births on 1 January", String(field.newYears), String(field[.given]),
                ])
                return lines
            }
        })
    }
}

extension DataReturn {
    /// Of a column of which its file says nothing.
    var untold: QualityTable.Cell { kind == .encoded ? .untold : .absent }
}
