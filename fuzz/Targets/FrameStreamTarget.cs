using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Messages;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// Parses the frames of one connection in both roles. The events are independent of the split of the stream into
/// segments, and of whether messages are returned in parts.
/// </summary>
public sealed class FrameStreamTarget : IFuzzTarget
{
    private static readonly MessageLimits Limits = new() { MaxMessageBytes = 4096, MaxFragments = 64 };

    public string Name => "frames";

    public IMutator Mutator { get; } = new FrameMutator();

    // Two roles, five splits, and per split the copies of the pieces and the log.
    public long AllowedBytes => 256 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        foreach (var role in (ReadOnlySpan<Role>)[Role.Server, Role.Client])
        {
            var whole = Read(role, input, static _ => int.MaxValue);
            Compare(whole, Read(role, input, static _ => 1));
            Compare(whole, Read(role, input, static piece => 1 + (piece * 7 % 13)));
            Compare(whole, Read(role, input, static _ => int.MaxValue, inParts: true));
            Compare(whole, Read(role, input, static piece => 1 + (piece * 5 % 11), inParts: true));
        }
    }

    private static EventLog Read(Role role, ReadOnlySpan<byte> input, Func<int, int> pieceAt, bool inParts = false) =>
        EventLog.Read(role, Limits, input, pieceAt, inParts);

    private static void Compare(EventLog whole, EventLog cut) =>
        FindingException.Unless(whole.Entries.SequenceEqual(cut.Entries),
            $"Whole: {string.Join(", ", whole.Entries)}. Cut: {string.Join(", ", cut.Entries)}.");
}
