import Foundation
import Pages
import Postgres

/// A pack as the helper for PDF files wants it (Helpers/pdf): the same words as the page to print.
struct PackDocument: Encodable, Equatable, Sendable {
    struct Piece: Encodable, Equatable, Sendable {
        let title: String
        let role: String
        let text: String
    }

    /// The file's title too: neutral, as the page's is.
    let title = "Notes"
    /// On each page: for whom it is.
    let mark: String
    let day: String
    /// Seconds since 1970: when it was released, not when it is saved, so that the file is the same each time.
    let at: Int
    let letter: [String]
    let pieces: [Piece]

    init(_ pack: Pack, _ items: [PackItem]) throws {
        guard pack.state == .released, let released = pack.released else { throw Refusal.notFound }
        let leaves = items.leaving
        mark = pack.mark
        day = London.day(of: released.at).description
        at = Int(released.at.timeIntervalSince1970)
        letter = PackLetter.lines(pack.kind, isEmpty: leaves.isEmpty)
        pieces = leaves.map { Piece(title: $0.heading, role: $0.writtenBy, text: $0.left.text) }
    }
}

extension Site {
    /// What has left as a file, as often as it is asked for. One at a time, because a long one takes memory.
    mutating func addPackFile() {
        get("packs/:id/file", .needs(.answerRequests)) { visit in
            let (pack, items) = try await visit.openPack(recording: .packSaved)
            guard let place = await visit.services.papers.enter(visit.viewer.account) else {
                return .busy(Page("Try again in a minute", back: pack.href, plain([
                    "Another PDF is being made at the moment. Go back and try again."])))
            }
            defer { place.leave() }
            let document = try PackDocument(pack, items)
            guard let file = await visit.services.pdf.make(document) else {
                return .page(noPDFPage(pack))
            }
            return .download(Download(name: "document.pdf", mediaType: "application/pdf", bytes: file))
        }
    }
}

/// Where there is no file: the same words are a page.
func noPDFPage(_ pack: Pack) -> Page {
    Page("The PDF can’t be made", caption: pack.label, back: pack.href, """
        \(plain([
            "The program that makes PDF files is not installed here; or the pack is very long, or is written in "
                + "letters that its fonts lack.",
            "The same words are a page that you can print, with the name and the pack’s number on each sheet.",
        ]))
        \(GovUK.button("Pages to print", href: pack.href + "/print"))
        """)
}
