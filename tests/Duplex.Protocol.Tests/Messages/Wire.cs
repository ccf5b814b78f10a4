using System.Globalization;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>Feeds literal bytes to a reader: whole, split in two at every byte, and byte by byte.</summary>
internal static class Wire
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The bytes give these events however they are cut.</summary>
    public static void Reads(byte[] wire, ReadEvent[] expected, Role role = Role.Client, MessageLimits? limits = null, Func<IMessageInflater>? inflater = null)
    {
        Assert.Equal(expected, Read([wire], role, limits, inflater));
        for (var at = 1; at < Math.Min(wire.Length, 300); at++)
            Assert.Equal(expected, Read([wire[..at], wire[at..]], role, limits, inflater));
        Assert.Equal(expected, Read([.. wire.Select(b => new[] { b })], role, limits, inflater));
    }

    public static void Reads(string hex, params ReadEvent[] expected) => Reads(Bytes(hex), expected);

    public static void ServerReads(string hex, params ReadEvent[] expected) => Reads(Bytes(hex), expected, Role.Server);

    /// <summary>RFC 6455 section 7.1.7: these bytes fail the connection with this code, for this reason, at this place.</summary>
    public static void ShouldFailConnection(
        string hex, ProtocolFaultReason reason, int code, long offset = 0, Role role = Role.Client, MessageLimits? limits = null) =>
        Reads(Bytes(hex), [ReadEvent.Fault(reason, (CloseCode)code, offset)], role, limits);

    public static List<ReadEvent> Read(IEnumerable<byte[]> pieces, Role role = Role.Client, MessageLimits? limits = null, Func<IMessageInflater>? inflater = null)
    {
        var reader = new EventReader(role, limits ?? MessageLimits.Default, inflater?.Invoke());
        var events = new List<ReadEvent>();
        foreach (var piece in pieces)
        {
            // A copy, because unmasking happens in place.
            var input = piece.ToArray().AsSpan();
            while (reader.TryRead(ref input, out var e)) events.Add(ReadEvent.Of(e));
            Assert.True(input.IsEmpty);
        }

        reader.Dispose();
        return events;
    }

    public static string Repeat(string hex, int count) => string.Concat(Enumerable.Repeat(hex, count));

    public static string Hex(int value, int digits) => value.ToString("X" + digits, CultureInfo.InvariantCulture);
}
