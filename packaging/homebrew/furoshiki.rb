class Furoshiki < Formula
  desc "@SUMMARY@"
  homepage "@URL@"
  url "@URL@"
  sha256 "@SHA256@"
  version "@VERSION@"
  license "Apache-2.0"

  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on "libdeflate"
  depends_on "libyaml"
  depends_on "openssl@3"

  uses_from_macos "swift" => :build, since: :sequoia
  uses_from_macos "curl"

  def install
    # The sandbox of Homebrew contains the build already, and sandboxes cannot be nested.
    arguments = %w[--disable-sandbox --configuration release --product furoshiki]
    arguments << "--static-swift-stdlib" if OS.linux?
    system "swift", "build", *arguments
    bin.install ".build/release/furoshiki"
    generate_completions_from_executable(bin/"furoshiki", "completion")
    system bin/"furoshiki", "man", "--output", buildpath/"man"
    man1.install Dir[buildpath/"man/*.1"]
  end

  test do
    (testpath/"serverless.yml").write <<~YAML
      service: test
      provider: {name: aws, runtime: nodejs22.x}
    YAML
    assert_equal "nodejs22.x", shell_output("#{bin}/furoshiki print --path provider.runtime").strip
  end
end
