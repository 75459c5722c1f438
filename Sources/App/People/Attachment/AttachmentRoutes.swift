import Foundation
import Pages
import Postgres

/// A document that came with a form and that may be kept.
struct AttachedDocument: Sendable {
    let kind: DocumentKind
    let bytes: Data

    /// The field's name in every form.
    static let field = "document"

    /// Nil when there is none, or when `answers` now say what is wrong with it. What a picture says about where and
    /// when it was taken is left out.
    init?(_ visit: Visit, _ answers: inout Answers) {
        guard let sent = visit.file(Self.field, in: &answers) else { return nil }
        switch DocumentCheck(sent) {
        case .refused(let why):
            answers.refuse(Self.field, why)
            return nil
        case .accepted(let kind):
            self.kind = kind
            bytes = Data(Picture.withoutWords(sent, kind))
        }
    }

    static func field(_ label: String, _ answers: Answers, _ visit: Visit) -> HTML {
        visit.fileField(
            field, label: label, hint: "One \(DocumentKind.names), up to 10 MB. Its name is not kept.",
            accept: DocumentKind.offered, in: answers)
    }
}

extension Site {
    mutating func addAttachments() {
        // As with an address: the audit commits before anything is read.
        post("people/:id/documents/:document", .needs(.revealContactDetails)) { visit in
            let id = try visit.id()
            let documentID = try visit.id("document")
            let file = try await visit.write { db in
                _ = try db.person(id, within: visit.viewer, to: .revealContactDetails).orNotFound()
                let file = try db.attachment(documentID, of: id).orNotFound()
                try db.audit(.documentOpened, .person, id)
                return file
            }
            guard let place = await visit.services.files.enter(visit.viewer.account) else {
                return .busy(Page("Try again in a minute", plain([
                    "Others are opening or sending files at the moment. Go back and try again."])))
            }
            defer { place.leave() }
            let content = try await visit.read { db in try db.content(of: file, of: id, visit).orNotFound() }
            return .download(Download(name: file.name, mediaType: file.kind.mediaType, bytes: content))
        }
    }
}

/// The files of a record: what they are and how large, and a button; never what is in them.
func attachmentList(_ files: [Attachment], of person: UUID, _ visit: Visit) -> HTML {
    if files.isEmpty { return .empty }
    let mayOpen = visit.viewer.may(.revealContactDetails)
    return GovUK.summaryList(files.map { file in
        let open: HTML? = mayOpen ? visit.buttonForm(
            "/people/\(person.column)/documents/\(file.id.column)", "Save \(file.name)", kind: .secondary) : nil
        return GovUK.SummaryRow("Document \(file.number)", """
            <p class="govuk-body">\(file.kind.label), \(sizeWords(file.size)). That you open it is recorded.</p>\(open)
            """)
    })
}

func sizeWords(_ bytes: Int) -> String {
    bytes < 1_000_000 ? "\(max(1, (bytes + 500) / 1_000)) KB" : "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
}
