import HostSystem
import WheelProvisioning
import ZipArchive

extension ZipReader {
    /// Opens an artifact, which may be larger than Lambda accepts.
    static func artifact(_ path: LocalPath) throws(ZipError) -> ZipReader {
        try ZipReader(opening: path.string, limits: StoredWheel.sizeLimits)
    }
}
