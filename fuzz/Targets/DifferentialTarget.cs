using System.Net.WebSockets;
using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// Runs Duplex's reader and System.Net.WebSockets on the same bytes: both return the same messages and the same end, or
/// <see cref="IsKnownDifference"/> lists the difference.
/// </summary>
public sealed class DifferentialTarget : IFuzzTarget
{
    private static readonly MessageLimits Limits = new() { MaxMessageBytes = 1 << 20, MaxFragments = 1 << 20 };

    public string Name => "differential";

    public IMutator Mutator { get; } = new FrameMutator();

    public long AllowedBytes => 512 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        foreach (var role in (ReadOnlySpan<Role>)[Role.Server, Role.Client])
        {
            var (ours, fault, close) = Ours(role, input);
            var theirs = Theirs(role, input);
            if (IsKnownDifference(fault, close))
            {
                // Both must agree up to that point.
                FindingException.Unless(ours.SkipLast(1).SequenceEqual(theirs.Take(ours.Count - 1)), $"{role}. Before {fault} {close}: {string.Join(", ", ours)}. Theirs: {string.Join(", ", theirs)}.");
                continue;
            }

            // Duplex rejects a frame at its first two bytes, System.Net.WebSockets at the whole header: if the stream ends between, only Duplex reports a fault.
            if (fault != ProtocolFaultReason.None && theirs[^1] == "End") theirs[^1] = "Fault";
            // System.Net.WebSockets rejects a close frame of one byte at its header, Duplex at the byte.
            if (ours[^1] == "End" && theirs[^1] == "Fault") (ours, _, _) = Ours(role, [.. input, 0]);
            FindingException.Unless(ours.SequenceEqual(theirs), $"{role}. Ours: {string.Join(", ", ours)} ({fault}). Theirs: {string.Join(", ", theirs)}.");
        }
    }

    /// <summary>Whether the results may differ, because System.Net.WebSockets is less strict than the RFC or lacks later entries of the IANA registry.</summary>
    private static bool IsKnownDifference(ProtocolFaultReason fault, int close) =>
        // It accepts a length in more bytes than needed; RFC 6455 5.2 requires the minimum.
        fault is ProtocolFaultReason.LengthNotMinimal or ProtocolFaultReason.ControlTooLong
        // It has no limit, and waits for a payload of any announced length.
        or ProtocolFaultReason.MessageTooBig or ProtocolFaultReason.TooManyFragments
        // It accepts a text that ends inside a character if the last fragment is empty.
        or ProtocolFaultReason.InvalidText
        // It rejects the codes that were registered after the RFC.
        || close is 1012 or 1013 or 1014;

    private static (List<string> Entries, ProtocolFaultReason Fault, int Close) Ours(Role role, ReadOnlySpan<byte> stream)
    {
        var reader = new EventReader(role, Limits);
        var entries = new List<string>();
        var input = stream.ToArray().AsSpan();
        try
        {
            while (reader.TryRead(ref input, out var e))
            {
                switch (e.Kind)
                {
                    case MessageEventKind.Text or MessageEventKind.Binary:
                        entries.Add($"{e.Kind} {EventLog.Describe(e.Payload)}");
                        break;
                    case MessageEventKind.Close:
                        // For a close frame without a code, System.Net.WebSockets reports 1000 instead of 1005 (RFC 6455 7.1.5).
                        var code = e.CloseCode == CloseCode.NoStatusReceived ? CloseCode.NormalClosure : e.CloseCode;
                        entries.Add($"Close {(int)code} {Convert.ToHexString(e.CloseReason)}");
                        return (entries, default, (int)code);
                    case MessageEventKind.Fault:
                        entries.Add("Fault");
                        return (entries, e.Fault.Reason, 0);
                }
            }
        }
        finally
        {
            reader.Dispose();
        }

        entries.Add("End");
        return (entries, default, 0);
    }

    private static List<string> Theirs(Role role, ReadOnlySpan<byte> stream)
    {
        using var transport = new ReplayStream(stream.ToArray());
        using var socket = WebSocket.CreateFromStream(transport, isServer: role == Role.Server, null, Timeout.InfiniteTimeSpan);
        var entries = new List<string>();
        var message = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                // All bytes are in memory, so every wait completes synchronously.
                var result = socket.ReceiveAsync(buffer.AsMemory(), default).AsTask().GetAwaiter().GetResult();
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    var reason = System.Text.Encoding.UTF8.GetBytes(socket.CloseStatusDescription ?? "");
                    entries.Add($"Close {(int)socket.CloseStatus!} {Convert.ToHexString(reason)}");
                    return entries;
                }

                message.AddRange(buffer.AsSpan(0, result.Count));
                if (!result.EndOfMessage) continue;
                entries.Add($"{result.MessageType} {EventLog.Describe([.. message])}");
                message.Clear();
            }
        }
        catch (WebSocketException exception)
        {
            entries.Add(exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely ? "End" : "Fault");
            return entries;
        }
    }
}
