using System.Security.Cryptography;
using Duplex.Protocol.Messages;

namespace Duplex.Fuzz.Targets;

/// <summary>Records the events that a reader returns for a stream, so that two runs can be compared.</summary>
public sealed class EventLog
{
    private readonly List<string> _entries = [];
    private readonly List<byte> _parts = [];

    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Reads a stream that arrives in these pieces, until its end or the reader's fault.</summary>
    public static EventLog Read(Role role, MessageLimits limits, ReadOnlySpan<byte> stream, Func<int, int> pieceAt, bool inParts = false)
    {
        var log = new EventLog();
        var reader = new EventReader(role, limits);
        if (inParts) reader.DeliverParts();
        // The reader unmasks in place.
        Span<byte> copy = stream.ToArray();
        for (int at = 0, piece = 0; at < stream.Length && !reader.HasEnded; piece++)
        {
            var length = Math.Clamp(pieceAt(piece), 1, stream.Length - at);
            var input = copy.Slice(at, length);
            at += length;
            while (reader.TryRead(ref input, out var e)) log.Add(e);
        }

        reader.Dispose();
        return log;
    }

    private void Add(in MessageEvent e)
    {
        if (e.IsFirst && e.IsLast)
        {
            _entries.Add(Describe(e));
            return;
        }

        FindingException.Unless(e.IsFirst == (_parts.Count == 0), "A first part occurs inside a message, or is missing.");
        _parts.AddRange(e.Payload);
        if (!e.IsLast) return;
        _entries.Add($"{e.Kind} {Describe([.. _parts])}");
        _parts.Clear();
    }

    private static string Describe(in MessageEvent e) => e.Kind switch
    {
        MessageEventKind.Fault => $"{e.Fault.Reason} {(int)e.Fault.Code} at {e.Fault.Offset}",
        MessageEventKind.Close => $"Close {(int)e.CloseCode} {Convert.ToHexString(e.CloseReason)}",
        _ => $"{e.Kind} {Describe(e.Payload)}",
    };

    public static string Describe(ReadOnlySpan<byte> payload) =>
        payload.Length <= 64 ? Convert.ToHexString(payload) : $"{payload.Length} bytes {Convert.ToHexString(SHA256.HashData(payload))}";
}
