/// What a document may be. Its content decides, never its name: see `DocumentCheck`.
enum DocumentKind: String, CaseIterable, Sendable {
    case pdf, jpeg, png, docx, xlsx, odt, ods

    /// In words for a list.
    var label: String {
        switch self {
        case .pdf: "PDF"
        case .jpeg: "JPEG picture"
        case .png: "PNG picture"
        case .docx: "Word document"
        case .xlsx: "Excel workbook"
        case .odt: "OpenDocument text"
        case .ods: "OpenDocument spreadsheet"
        }
    }

    /// The end of the name under which it is saved.
    var ending: String { self == .jpeg ? "jpg" : rawValue }

    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        }
    }

    /// What a browser offers first when somebody chooses a file; the server asks the content.
    static let offered = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
    /// The same for a reader.
    static let names = "PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS"
}

/// What the bytes of a file turn out to be.
enum DocumentCheck: Equatable {
    case accepted(DocumentKind)
    /// Why not, for the reader.
    case refused(String)

    init(_ bytes: [UInt8]) {
        if bytes.starts(with: "%PDF-".utf8) {
            // Whatever lacks its end was cut off, and what goes on after it is two files in one.
            let isWhole = bytes.suffix(1_024).firstRange(of: Array("%%EOF".utf8)) != nil
            self = isWhole ? .accepted(.pdf) : .refused("The PDF is not whole. Save it anew and choose it again")
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = Picture.isWholeJPEG(bytes) ? .accepted(.jpeg) : .refused(Self.brokenPicture)
        } else if bytes.starts(with: Picture.pngSignature) {
            self = Picture.isWholePNG(bytes) ? .accepted(.png) : .refused(Self.brokenPicture)
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = OfficeFile.check(bytes)
        } else {
            self = .refused("The file must be a \(DocumentKind.names). Save it as one of these")
        }
    }

    private static let brokenPicture = "The picture is not whole. Save it anew and choose it again"
}
