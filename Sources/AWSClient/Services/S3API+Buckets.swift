import HostSystem
package import OrderedJSON

extension S3API {
    /// A bucket that exists and that the credentials can read.
    package struct Bucket: Hashable, Sendable {
        /// The region, if S3 says it.
        package var region: String?
    }

    /// The bucket with a name.
    ///
    /// - Returns: `nil` if there is none.
    /// - Throws: an ``AWSError`` with status 403 if it belongs to another account.
    package func bucket(_ name: String) async throws -> Bucket? {
        do {
            return Bucket(region: try await send(Self.call("HeadBucket", "HEAD", name)).header("x-amz-bucket-region"))
        } catch let error as AWSError where error.isMissingObject {
            return nil
        }
    }

    /// The region of a bucket.
    ///
    /// - Returns: `nil` if the bucket does not exist.
    package func region(of name: String) async throws -> String? {
        var call = Self.call("GetBucketLocation", "GET", name)
        call.query = [("location", nil)]
        do {
            let constraint = try await xml(call).text
            // The oldest regions have names of their own.
            return constraint.isEmpty ? "us-east-1" : constraint == "EU" ? "eu-west-1" : constraint
        } catch let error as AWSError where error.isMissingObject {
            return nil
        }
    }

    /// Creates a bucket in the region of the client; does nothing if the account has it already.
    package func createBucket(_ name: String) async throws {
        let constraint =
            client.region == "us-east-1"
            ? "" : "<LocationConstraint>\(XMLText.escape(client.region))</LocationConstraint>"
        let body =
            constraint.isEmpty
            ? "" : "<CreateBucketConfiguration xmlns=\"\(Self.namespace)\">\(constraint)</CreateBucketConfiguration>"
        var call =
            body.isEmpty
            ? Self.call("CreateBucket", "PUT", name) : Self.document("CreateBucket", "PUT", name, "", body)
        call.region = client.region
        do {
            _ = try await client.send(call)
        } catch let error as AWSError where error.code == "BucketAlreadyOwnedByYou" {
            return
        }
    }

    /// Encrypts new objects of a bucket by default: with `AES256`, or with `aws:kms` and a key.
    package func setEncryption(of name: String, algorithm: String, keyID: String? = nil) async throws {
        let key = keyID.map { "<KMSMasterKeyID>\(XMLText.escape($0))</KMSMasterKeyID>" } ?? ""
        let rule =
            "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>\(XMLText.escape(algorithm))</SSEAlgorithm>\(key)"
            + "</ApplyServerSideEncryptionByDefault></Rule>"
        let body =
            "<ServerSideEncryptionConfiguration xmlns=\"\(Self.namespace)\">\(rule)</ServerSideEncryptionConfiguration>"
        _ = try await send(Self.document("PutBucketEncryption", "PUT", name, "encryption", body))
    }

    /// The algorithm that new objects of a bucket are encrypted with by default; `nil` if there is none.
    package func encryption(of name: String) async throws -> String? {
        var call = Self.call("GetBucketEncryption", "GET", name)
        call.query = [("encryption", nil)]
        do {
            return try await xml(call).first("SSEAlgorithm")?.text
        } catch let error as AWSError where error.code == "ServerSideEncryptionConfigurationNotFoundError" {
            return nil
        }
    }

    /// Blocks all public access to a bucket.
    package func blockPublicAccess(to name: String) async throws {
        let flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
        let body =
            "<PublicAccessBlockConfiguration xmlns=\"\(Self.namespace)\">"
            + flags.map { "<\($0)>true</\($0)>" }.joined() + "</PublicAccessBlockConfiguration>"
        _ = try await send(Self.document("PutPublicAccessBlock", "PUT", name, "publicAccessBlock", body))
    }

    /// Replaces the policy of a bucket.
    package func setPolicy(of name: String, _ policy: JSONValue) async throws {
        var call = Self.call("PutBucketPolicy", "PUT", name)
        call.query = [("policy", nil)]
        let bytes = JSONWriter().bytes(of: policy)
        call.headers = [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Content-MD5", Self.md5(bytes))]
        call.body = .bytes(bytes)
        _ = try await send(call)
    }

    /// Replaces the tags of a bucket.
    package func setTags(of name: String, _ tags: [(key: String, value: String)]) async throws {
        let items = tags.map {
            "<Tag><Key>\(XMLText.escape($0.key))</Key><Value>\(XMLText.escape($0.value))</Value></Tag>"
        }
        let body = "<Tagging xmlns=\"\(Self.namespace)\"><TagSet>\(items.joined())</TagSet></Tagging>"
        _ = try await send(Self.document("PutBucketTagging", "PUT", name, "tagging", body))
    }

    /// Whether a bucket keeps previous versions of objects.
    package func keepsVersions(_ name: String) async throws -> Bool {
        var call = Self.call("GetBucketVersioning", "GET", name)
        call.query = [("versioning", nil)]
        return try await xml(call).text("Status") != nil
    }

    /// All versions and deletion marks of the objects whose keys start with a prefix.
    package func versions(in name: String, prefix: String = "") async throws -> [(key: String, version: String?)] {
        var items: [(key: String, version: String?)] = []
        var mark: (key: String, version: String)?
        while true {
            var call = Self.call("ListObjectVersions", "GET", name)
            call.query = [("versions", nil), ("prefix", prefix), ("encoding-type", "url")]
            if let mark { call.query += [("key-marker", mark.key), ("version-id-marker", mark.version)] }
            let result = try await xml(call)
            let isEncoded = result.text("EncodingType") == "url"
            func decoded(_ key: String) -> String {
                isEncoded ? PercentCoding.decode(key.replacing("+", with: " ")) : key
            }
            for element in result.children where element.name == "Version" || element.name == "DeleteMarker" {
                items.append((decoded(element.text("Key") ?? ""), element.text("VersionId")))
            }
            guard result.text("IsTruncated") == "true", let key = result.text("NextKeyMarker") else { return items }
            mark = (decoded(key), result.text("NextVersionIdMarker") ?? "")
        }
    }
}
