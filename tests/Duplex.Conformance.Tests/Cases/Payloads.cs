using System.Text;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>The same payload for the same length, in every run.</summary>
public static class Payloads
{
    public static byte[] Ascii(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)('!' + i % 90))];

    public static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text that repeats itself as JSON does, each message a little different.</summary>
    public static byte[] Json(int length, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length + 64);
        while (text.Length < length)
        {
            text.Append("{\"symbol\":\"SOLUSDT\",\"price\":\"").Append(random.Next(10000, 20000)).Append("\",\"size\":").Append(random.Next(100)).Append("},");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
