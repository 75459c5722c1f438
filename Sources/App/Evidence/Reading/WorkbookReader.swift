import Foundation

/// Reads the one sheet of a workbook (XLSX, ODS): a helper (Helpers/sheet) in a process of its own for each, because
/// what unpacks and reads them is a large target and a workbook comes from outside (threat T24).
struct WorkbookReader: Sendable {
    private let helper: Helper
    /// Bytes of the largest workbook.
    static let most = 20 << 20
    /// Packed, and no workbook.
    static let none = Array("PK\u{3}\u{4}".utf8)

    /// The text of a million cells is far shorter than this, unless they are made to be long.
    init(folder: String) { helper = Helper(folder: folder, script: "read.py", most: 128 << 20) }

    init(_ settings: Settings) { self.init(folder: Helper.folder("sheet", settings)) }

    var folder: String { helper.folder }
    var isHere: Bool { helper.isHere }

    /// The sheet as CSV in UTF-8, line for row.
    func sheet(of book: [UInt8]) async throws(FileProblem) -> [UInt8] {
        guard isHere else { throw .unreadWorkbook }
        guard book.count <= Self.most else { throw .largeWorkbook }
        guard let answer = await helper.answer(to: book), let end = answer.prefix(20).firstIndex(of: 10) else {
            throw .brokenWorkbook
        }
        switch String(decoding: answer[..<end], as: UTF8.self) {
        case "sheet": return Array(answer[(end + 1)...])
        case "macros": throw .macros
        case "packed", "cells": throw .largeWorkbook
        case "sheets": throw .severalSheets
        case "empty": throw .empty
        case "noWorkbook": throw .noWorkbook
        default: throw .brokenWorkbook
        }
    }
}
