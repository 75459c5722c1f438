import Foundation

/// The model as settings of Splink, for linking a national data set on a Spark cluster.
///
/// Splink compares with SQL, so levels are put together into what SQL can say: the same, one or two letters apart, the
/// rest; for dates the same, a part the same, the rest. Kin and moves have no place there and are left out: expect
/// families to be merged more readily than here.
extension Linkage {
    public func splinkSettings() -> [String: Any] {
        let same = model.priors[0] + model.priors[1]
        return [
            "link_type": schema.mode == .link ? "link_only" : "dedupe_only",
            "unique_id_column_name": schema.id ?? "record_id",
            "source_dataset_column_name": schema.source ?? "agency",
            "probability_two_random_records_match": same,
            "sql_dialect": "spark",
            "retain_matching_columns": false,
            "retain_intermediate_calculation_columns": false,
            "blocking_rules_to_generate_predictions": rules.compactMap { rule in
                splink(rule).map { ["blocking_rule": $0, "sql_dialect": "spark"] }
            },
            "comparisons": schema.fields.indices.map { comparison($0, stayed: model.priors[0] / same) },
        ]
    }

    /// Rules of whole values only; how a name sounds is our own.
    private func splink(_ rule: BlockingRule) -> String? {
        var columns: [String] = []
        for part in rule.parts {
            switch part {
            case .value(let field), .root(let field), .sound(let field): columns.append(schema.fields[field].column)
            case .eitherOrder, .initial, .year, .dayMonth, .outward: return nil
            }
        }
        return columns.map { "l.\"\($0)\" = r.\"\($0)\"" }.joined(separator: " AND ")
    }

    private func comparison(_ field: Int, stayed: Double) -> [String: Any] {
        let column = schema.fields[field].column, type = model.types[field], learnt = model.fields[field]
        let (left, right) = ("\"\(column)_l\"", "\"\(column)_r\"")
        let mixed = zip(learnt.same, learnt.moved).map { same, moved in
            LinkModel.isShared(type) ? stayed * same + (1 - stayed) * moved : same
        }
        func level(_ condition: String, _ label: String, _ levels: [Int], frequency: Bool = false) -> [String: Any] {
            var made: [String: Any] = [
                "sql_condition": condition, "label_for_charts": label,
                "m_probability": max(1e-12, levels.reduce(0) { $0 + mixed[$1] }),
                "u_probability": max(1e-12, levels.reduce(0) { $0 + learnt.stranger[$1] }),
            ]
            if frequency {
                made["tf_adjustment_column"] = column
                made["tf_adjustment_weight"] = 1.0
            }
            return made
        }
        var levels: [[String: Any]] = [
            [
                "sql_condition": "\(left) IS NULL OR \(right) IS NULL", "label_for_charts": "missing",
                "is_null_level": true,
            ],
            level("\(left) = \(right)", "the same", Array(16...31), frequency: type != .sex),
        ]
        let near = Self.near(type), part = Self.part(type)
        if !near.isEmpty { levels.append(level("levenshtein(\(left), \(right)) <= 2", "nearly the same", near)) }
        if !part.isEmpty {
            levels.append(
                level("substr(cast(\(left) as string), 1, 4) = substr(cast(\(right) as string), 1, 4)", "a part", part))
        }
        let rest = (1...Level.count(type)).filter { !near.contains($0) && !part.contains($0) }
        levels.append(level("ELSE", "different", rest))
        return ["output_column_name": column, "comparison_description": type.rawValue, "comparison_levels": levels]
    }

    private static func near(_ type: FieldType) -> [Int] {
        switch type {
        case .forename, .middleName, .surname: [Level.Name.oneEdit, Level.Name.veryLike]
        case .date: [Level.Date.nearDay, Level.Date.nearYear, Level.Date.otherDay, Level.Date.otherMonth]
        case .postcode: [Level.Postcode.oneEdit]
        case .nhsNumber, .identifier, .phone:
            [Level.Number.oneEdit, Level.Number.twoEdits, Level.Number.oneEditBothRight]
        case .address, .text: [Level.Text.oneEdit, Level.Text.veryLike]
        case .sex, .category: []
        }
    }

    /// The first four characters: the year of a date, a postcode's district, how a name begins.
    private static func part(_ type: FieldType) -> [Int] {
        switch type {
        case .forename, .middleName, .surname: [Level.Name.like, Level.Name.beginning]
        case .date: [Level.Date.sameYear, Level.Date.placeholder, Level.Date.swapped]
        case .postcode: [Level.Postcode.area, Level.Postcode.outward]
        default: []
        }
    }
}
