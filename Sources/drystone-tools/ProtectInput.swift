import Foundation
import Statistics

/// A release as a file: tables as grids or cubes, and what ties their cells. The same format as the attacker's.
struct ProtectInput {
    let tables: [CountTable]
    let same: [[String]]
    let accumulations: [ReleaseRequest.Accumulation]
    let relations: [ReleaseRequest.Relation]
    /// The rule that the file carries.
    let rule: [String: Any]
    /// As it was read, for writing it again.
    let document: [String: Any]

    /// `isPublic`: what it shows has left already.
    init(_ document: [String: Any], from path: String, isPublic: Bool) throws {
        for key in ["ratios", "knowledge", "cells"] where !((document[key] as? [Any])?.isEmpty ?? true) {
            throw Unreadable(
                text: "\(path) has \"\(key)\", which isn't understood here. Percentages are worked out afterwards from "
                    + "what is published; put single cells into a table.")
        }
        self.document = document
        rule = document["rule"] as? [String: Any] ?? [:]
        guard let tables = document["tables"] as? [[String: Any]], !tables.isEmpty else {
            throw Unreadable(text: "\(path) has no \"tables\": a list of grids or cubes with their counts.")
        }
        self.tables = try tables.map { try TableReader($0, path, isPublic: isPublic).table() }
        let names = self.tables.map(\.name)
        if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
            throw Unreadable(text: "\(path) has two tables with the name \(twice); each needs its own.")
        }
        func list<Value>(_ key: String, _ what: String) throws -> [Value] {
            guard let value = document[key], !(value is NSNull) else { return [] }
            guard let list = value as? [Value] else { throw Unreadable(text: "\(path): \"\(key)\" must be \(what).") }
            return list
        }
        same = try list("same", "a list of lists of cells that are one number")
        let sums: [[String: Any]] = try list("accumulate", "a list of {\"total\": table, \"parts\": [tables]}")
        accumulations = try sums.map {
            guard let total = $0["total"] as? String, let parts = $0["parts"] as? [String] else {
                throw Unreadable(text: "\(path): \"accumulate\" needs a \"total\" and its \"parts\".")
            }
            return ReleaseRequest.Accumulation(total, of: parts)
        }
        let constraints: [[String: Any]] = try list("constraints", "a list of {\"terms\": {cell: factor}, \"rhs\": n}")
        relations = try constraints.map {
            guard let terms = $0["terms"] as? [String: Int], ($0["sense"] as? String ?? "=") == "=",
                let sum = ($0["rhs"] ?? 0) as? Int
            else {
                throw Unreadable(
                    text: "\(path): a constraint needs \"terms\" with whole factors, \"sense\" \"=\", a whole \"rhs\".")
            }
            return ReleaseRequest.Relation(terms, sum: sum)
        }
    }

    /// The document, or the documents, of a file.
    static func read(_ path: String, isPublic: Bool) throws -> [ProtectInput] {
        let text = try Terminal.text(of: path, atMost: 50_000_000)
        let json: Any
        do {
            json = try JSONSerialization.jsonObject(with: Data(text.utf8))
        } catch {
            throw Unreadable(text: "\(path) isn't JSON. Check that it is whole, and that every bracket is closed.")
        }
        var documents = (json as? [[String: Any]]) ?? []
        if let one = json as? [String: Any] { documents = one["releases"] as? [[String: Any]] ?? [one] }
        guard !documents.isEmpty else {
            throw Unreadable(text: "\(path) isn't a release: it must be a JSON object with \"tables\".")
        }
        return try documents.map { try ProtectInput($0, from: path, isPublic: isPublic) }
    }
}

/// A table of a file.
struct TableReader {
    private let json: [String: Any]
    private let path: String
    private let isPublic: Bool
    private let name: String

    init(_ json: [String: Any], _ path: String, isPublic: Bool) throws {
        self.json = json
        self.path = path
        self.isPublic = isPublic
        guard let name = json["name"] as? String, !name.isEmpty else {
            throw Unreadable(text: "\(path): each table needs a \"name\".")
        }
        self.name = name
    }

    func table() throws -> CountTable {
        let single = Set(json["single"] as? [String] ?? [])
        let (dimensions, cells) = try json["values"] == nil ? cube() : grid()
        do {
            return try CountTable(name, dimensions, cells: cells, single: single)
        } catch {
            throw Unreadable(text: "\(path): \(error.description).")
        }
    }

    private func problem(_ text: String) -> Unreadable { Unreadable(text: "\(path), table \(name): \(text).") }

    private func grid() throws -> ([CountDimension], [[String]: CountCell]) {
        guard let rows = json["rows"] as? [String], let columns = json["cols"] as? [String],
            let values = json["values"] as? [[Any]]
        else { throw problem("a grid needs \"rows\" and \"cols\" (names) and \"values\" (a list for each row)") }
        guard values.count == rows.count else { throw problem("\(rows.count) rows are named, \(values.count) given") }
        let truths = json["truth"] as? [[Any]]
        var cells: [[String]: CountCell] = [:]
        for (row, line) in zip(rows, values.indices) {
            guard values[line].count == columns.count else {
                throw problem("row \(row): \(columns.count) columns are named, \(values[line].count) given")
            }
            for (column, place) in zip(columns, columns.indices) {
                let truth = truths.flatMap { $0.count > line && $0[line].count > place ? $0[line][place] : nil }
                cells[[row, column]] = try cell(values[line][place], truth, "\(row)|\(column)")
            }
        }
        func dimension(_ key: String, _ codes: [String]) -> CountDimension {
            let total = json["\(key)_total"] == nil ? "Total" : json["\(key)_total"] as? String
            let parts = codes.filter { $0 != total }
            let name = json[key] as? String ?? key
            guard let total, codes.contains(total), !parts.isEmpty else { return CountDimension(name, codes: codes) }
            return CountDimension(name, codes: codes, sums: [.init(total, of: parts)])
        }
        return ([dimension("row", rows), dimension("col", columns)], cells)
    }

    private func cube() throws -> ([CountDimension], [[String]: CountCell]) {
        guard let dims = json["dims"] as? [[String: Any]], let given = json["cells"] as? [[String: Any]] else {
            throw problem("it needs \"values\" (a grid), or \"dims\" and \"cells\" (a cube)")
        }
        let dimensions = try dims.enumerated().map { place, one in
            let children = one["children"] ?? [String: [String]]()
            guard let sums = children as? [String: [String]] else {
                throw problem("\"children\" must be lists of codes by the code that is their sum")
            }
            return CountDimension(
                one["name"] as? String ?? "dimension \(place + 1)", codes: one["codes"] as? [String] ?? [],
                sums: sums.sorted { $0.key < $1.key }.map { CountDimension.Sum($0.key, of: $0.value) })
        }
        var cells: [[String]: CountCell] = [:]
        for one in given {
            var at = one["at"] as? [String]
            if let named = one["at"] as? [String: String] {
                at = dimensions.compactMap { named[$0.name] }
            }
            guard let at else { throw problem("a cell has no \"at\": one code of each dimension") }
            let place = at.joined(separator: "|")
            guard cells.updateValue(try cell(one["value"], one["true"], place), forKey: at) == nil else {
                throw problem("cell \(place) is given twice")
            }
        }
        return (dimensions, cells)
    }

    private func cell(_ value: Any?, _ truth: Any?, _ place: String) throws -> CountCell {
        let known = try truth.flatMap { $0 is NSNull ? nil : try count($0, place) }
        guard let value, !(value is NSNull), !(value is String) else { return .hidden(known) }
        guard isPublic else { return .count(try count(value, place)) }
        if json["rounding"] != nil, !(json["rounding"] is NSNull) {
            guard let known else {
                throw problem("it was rounded; the ledger needs the counts too (\"truth\", or \"true\" of a cell)")
            }
            return .shown(known)
        }
        return .shown(try count(value, place))
    }

    private func count(_ value: Any, _ place: String) throws -> Int {
        // True and false are numbers to JSONSerialization.
        guard let number = value as? NSNumber, !isTruth(number), number.doubleValue >= 0,
            number.doubleValue == number.doubleValue.rounded(), number.doubleValue <= Double(DisclosureLimits.count)
        else { throw problem("cell \(place): a count must be a whole number from 0 to \(DisclosureLimits.count)") }
        return number.intValue
    }

    private func isTruth(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
