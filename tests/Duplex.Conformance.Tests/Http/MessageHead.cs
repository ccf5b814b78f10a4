using System.Net.Sockets;
using System.Text;

namespace Duplex.Conformance.Tests.Http;

/// <summary>The start line and header fields of an HTTP message, split as they came and otherwise untouched.</summary>
public sealed record MessageHead(string StartLine, IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>The status code of a response.</summary>
    public int Status => int.Parse(StartLine.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every value of a field, in order.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value)];

    /// <summary>The only value of a field; null when it is missing. More than one is an error.</summary>
    public string? One(string name) => All(name) is { Count: > 0 } values ? values.Single() : null;

    /// <summary>Reads up to the empty line and not a byte further; null when the connection ends first.</summary>
    public static async Task<MessageHead?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsWithEmptyLine(bytes))
        {
            try
            {
                if (await stream.ReadAsync(one, cancellationToken) == 0) return null;
            }
            catch (IOException exception) when (exception.InnerException is SocketException)
            {
                return null;
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new MessageHead(lines[0], [.. lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim()))]);
    }

    private static bool EndsWithEmptyLine(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^1] == '\n' && bytes[^2] == '\r' && bytes[^3] == '\n' && bytes[^4] == '\r';
}
