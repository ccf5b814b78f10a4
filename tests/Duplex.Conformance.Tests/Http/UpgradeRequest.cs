using System.Text;

namespace Duplex.Conformance.Tests.Http;

/// <summary>
/// An opening handshake as text, correct until a case changes it. The key is the RFC's own example.
/// RFC 6455 section 4.1.
/// </summary>
public sealed record UpgradeRequest
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>RFC 6455 section 1.3: the answer to <see cref="Key"/>.</summary>
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    public string StartLine { get; init; } = "GET /echo HTTP/1.1";

    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } =
    [
        ("Host", "localhost"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", Key), ("Sec-WebSocket-Version", "13"),
    ];

    public UpgradeRequest For(string path) => this with { StartLine = $"GET {path} HTTP/1.1" };

    public UpgradeRequest Without(string name) => this with { Fields = [.. Fields.Where(field => field.Name != name)] };

    public UpgradeRequest With(string name, string value) => this with { Fields = [.. Fields, (name, value)] };

    /// <summary>Gives a field another value, in its old place.</summary>
    public UpgradeRequest Replace(string name, string value) =>
        this with { Fields = [.. Fields.Select(field => field.Name == name ? (name, value) : field)] };

    /// <summary>Gives a field another name, in its old place.</summary>
    public UpgradeRequest Rename(string name, string other) =>
        this with { Fields = [.. Fields.Select(field => field.Name == name ? (other, field.Value) : field)] };

    public override string ToString() =>
        StartLine + "\r\n" + string.Concat(Fields.Select(field => $"{field.Name}: {field.Value}\r\n")) + "\r\n";

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(ToString());
}
