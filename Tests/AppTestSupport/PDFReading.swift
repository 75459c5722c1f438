import Foundation
import Testing
@testable import App

extension PDFMaker {
    /// The helper as the launcher installs it, beside the assets.
    static let installed = PDFMaker(
        folder: ProcessInfo.processInfo.environment["DRYSTONE_ASSETS"].map { $0 + "/../pdf" } ?? "/nowhere")
}

extension WorkbookReader {
    static let installed = WorkbookReader(
        folder: ProcessInfo.processInfo.environment["DRYSTONE_ASSETS"].map { $0 + "/../sheet" } ?? "/nowhere")
}

/// What another program reads in a PDF (Tests/Tools/pdf_oracle.py).
struct PDFRead: Decodable {
    let title: String
    let author: String
    let language: String
    /// Whether it is tagged, and says of itself that it meets PDF/UA.
    let isTagged: Bool
    let claimsUA: Bool
    let showsTitle: Bool
    /// Whether anything in it runs when it is opened.
    let runs: Bool
    let bookmarks: [String]
    let pages: [String]

    var text: String { pages.joined(separator: " ") }

    init(_ file: Data) throws {
        let python = try #require(ProcessInfo.processInfo.environment["TEST_PDF_READER"], "run ./drystone test")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-B", "Tests/Tools/pdf_oracle.py"]
        let (sent, said) = (Pipe(), Pipe())
        process.standardInput = sent
        process.standardOutput = said
        try process.run()
        try sent.fileHandleForWriting.write(contentsOf: file)
        try sent.fileHandleForWriting.close()
        self = try JSONDecoder().decode(Self.self, from: said.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
    }
}
