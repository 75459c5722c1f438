/// A path within this site to come back to after signing in. Anything else becomes the first page.
enum LocalPath {
    static func checked(_ typed: String) -> String {
        let isPath = typed.hasPrefix("/") && !typed.hasPrefix("//") && typed.utf8.count <= 200
            && typed.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
            }
        return isPath && !["/sign-out", "/exit", "/lock"].contains(typed) ? typed : "/"
    }
}
