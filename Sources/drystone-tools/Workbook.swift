import Foundation
import Linkage

/// The one sheet of a workbook as CSV. A helper reads it (Helpers/sheet) in a process of its own, which gives up the
/// network and writing files before it reads; nothing of the sheet is on disk.
enum Workbook {
    static func sheet(_ path: String) throws(LinkageProblem) -> Data {
        let csv = "Save the sheet as CSV in UTF-8."
        guard let folder, let file = FileHandle(forReadingAtPath: path) else {
            throw LinkageProblem("\(path) is a workbook, which can't be read here. \(csv)")
        }
        let helper = Process(), answers = Pipe()
        helper.executableURL = URL(fileURLWithPath: folder + "/bin/python")
        helper.arguments = ["-I", "-B", folder + "/read.py"]
        helper.environment = ["LANG": "C.UTF-8"]
        helper.standardInput = file
        helper.standardOutput = answers
        helper.standardError = FileHandle.nullDevice
        guard (try? helper.run()) != nil else {
            throw LinkageProblem("\(path) is a workbook, and what reads it can't start. \(csv)")
        }
        let answer = answers.fileHandleForReading.readDataToEndOfFile()
        helper.waitUntilExit()
        guard helper.terminationStatus == 0, let end = answer.prefix(20).firstIndex(of: 10) else {
            throw LinkageProblem("\(path) is damaged or too large to be read. \(csv)")
        }
        let said = String(decoding: answer[..<end], as: UTF8.self)
        if said == "sheet" { return answer[(end + 1)...] }
        throw LinkageProblem("\(path) \(words[said] ?? "can't be read as a workbook. \(csv)")")
    }

    private static let words = [
        "macros": "has macros, so it isn't opened. Save it as XLSX without them.",
        "packed": "is too large: 20 MB, and 200 MB unpacked, are read at most. Save the sheet as CSV in UTF-8.",
        "cells": "has more than 1,000,000 cells. Save the sheet as CSV in UTF-8.",
        "sheets": "has several sheets with something in them. Keep one, or hide the others.",
        "empty": "has nothing in its sheets.",
    ]

    /// Where the helper is: said by the environment, or beside this program.
    private static var folder: String? {
        let said = ProcessInfo.processInfo.environment["DRYSTONE_SHEET"]
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(fileURLWithPath: program).deletingLastPathComponent().appendingPathComponent("sheet").path
        return [said, beside].compactMap(\.self).first {
            FileManager.default.isExecutableFile(atPath: $0 + "/bin/python")
        }
    }
}
