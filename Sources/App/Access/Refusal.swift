/// An outcome the reader can do something about. Anything else thrown is our fault and gets a reference number.
enum Refusal: Error, Equatable {
    /// Absent, out of reach and not permitted look the same on a route with a record id.
    case notFound
    case notAllowed
    /// Nobody is signed in; the path to come back to.
    case signInFirst
    /// The form came from another site, or its token is stale.
    case forged
    case tooLarge
    /// Too many tries; seconds to wait.
    case tooMany(Int)
    /// The database can't be reached or can't write.
    case unavailable
    /// The request can't be read.
    case unreadable
}

extension Optional {
    /// Missing and out of reach look the same to the reader.
    func orNotFound() throws(Refusal) -> Wrapped {
        guard let self else { throw .notFound }
        return self
    }
}
