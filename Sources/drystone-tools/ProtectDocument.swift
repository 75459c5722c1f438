import Foundation
import Statistics

/// What may be published, as the document that came in: only what is known to be harmless is copied.
struct ProtectDocument {
    let input: ProtectInput
    let rule: DisclosureRule
    let tables: [Released<CountTable>]

    var published: [String: Any] {
        var document: [String: Any] = ["rule": ["threshold": rule.threshold, "min_width": rule.leastWidth]]
        for key in ["same", "accumulate", "constraints"] { document[key] = input.document[key] }
        let given = input.document["tables"] as? [[String: Any]] ?? []
        document["tables"] = zip(given, tables).map { table($0, $1.published) }
        document["footnotes"] = tables.first?.footnotes ?? []
        return document
    }

    private func table(_ given: [String: Any], _ released: PublishedTable) -> [String: Any] {
        var table: [String: Any] = ["suppressed_min": rule.hidesZeros ? 0 : 1]
        for key in ["name", "row", "col", "rows", "cols", "row_total", "col_total", "dims"] { table[key] = given[key] }
        if case .all(let base) = rule.rounding {
            table["rounding"] = ["base": base, "mode": "nearest", "zero_exact": true] as [String: Any]
        }
        func value(_ at: [String]) -> Any { released.value(at).count ?? NSNull() }
        if let rows = given["rows"] as? [String], let columns = given["cols"] as? [String], given["values"] != nil {
            table["values"] = rows.map { row in columns.map { value([row, $0]) } }
        } else {
            let cells = given["cells"] as? [[String: Any]] ?? []
            table["cells"] = cells.map { cell -> [String: Any] in
                var at = cell["at"] as? [String] ?? []
                if let named = cell["at"] as? [String: String] {
                    at = released.dimensions.compactMap { named[$0.name] }
                }
                return ["at": at, "value": value(at)]
            }
        }
        return table
    }

    /// For analysts: what is hidden and why, and the proof. It must not be published: the reason says what is small.
    static func report(_ outcome: DisclosureOutcome, _ rule: DisclosureRule, seconds: Double) -> [String: Any] {
        func names(_ cells: [DisclosureOutcome.Cell]) -> [String] { cells.flatMap(\.names).sorted() }
        return [
            "status": "protected", "profile": rule.name, "insider": rule.withstandsInsiders,
            "method": "cheapest circulations by the dual simplex method, each with a witness checked in whole numbers",
            "cells": outcome.cellCount, "primary_count": outcome.primary.count,
            "complementary_count": outcome.complementary.count, "primary": names(outcome.primary),
            "complementary": names(outcome.complementary),
            "information_lost": [
                "cells": outcome.hidden.count, "counts": outcome.countsLost,
                "complementary_counts": outcome.complementary.reduce(0) { $0 + $1.count },
            ],
            "seconds": (seconds * 1_000).rounded() / 1_000, "work": outcome.work,
            "attribute": outcome.wholly.map { ["group": $0.group, "all_in": $0.category] },
            "known_to_insiders": outcome.knownToInsiders.map { ["insider": $0.insider, "learns": $0.cell] },
            "proof": outcome.hidden.map(proof),
        ]
    }

    private static func proof(_ cell: DisclosureOutcome.Cell) -> [String: Any] {
        var proof: [String: Any] = ["id": cell.id, "reason": reason(cell.reason)]
        if cell.names.count > 1 { proof["also"] = cell.names.filter { $0 != cell.id } }
        if let interval = cell.interval {
            proof["lower"] = interval.low
            proof["upper"] = interval.high ?? NSNull()
        } else {
            proof["at_least"] = [cell.reaches.lowerBound, cell.reaches.upperBound]
        }
        return proof
    }

    private static func reason(_ reason: HiddenReason) -> String {
        switch reason {
        case .small: "small"
        case .single: "a single provider"
        case .hiddenEarlier: "hidden in an earlier release"
        case .protects(let cells): "protects \(cells.joined(separator: ", "))"
        }
    }
}
