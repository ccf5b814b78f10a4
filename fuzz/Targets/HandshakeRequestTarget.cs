using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Handshake;

namespace Duplex.Fuzz.Targets;

/// <summary>Parses the head of an upgrade request whole and byte by byte: both results are equal, and an accepted head is valid.</summary>
public sealed class HandshakeRequestTarget : IFuzzTarget
{
    private static readonly HandshakeLimits Limits = new() { MaxHeadBytes = 4096, MaxHeaderCount = 32 };

    public string Name => "request";

    public IMutator Mutator { get; } = new HeadMutator();

    public long AllowedBytes => 256 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = new UpgradeRequestReader(Limits);
        var result = whole.Read(input);

        var dripped = new UpgradeRequestReader(Limits);
        var drippedResult = HandshakeResult.NeedMore;
        for (var length = 1; length <= input.Length && drippedResult == HandshakeResult.NeedMore; length++) drippedResult = dripped.Read(input[..length]);

        // A shorter head may be rejected for another reason first, but is never accepted or passed on instead.
        FindingException.Unless((result == HandshakeResult.Upgrade) == (drippedResult == HandshakeResult.Upgrade), $"Whole: {result} {whole.Fault}. Dripped: {drippedResult} {dripped.Fault}.");
        FindingException.Unless(result != HandshakeResult.Invalid || whole.Fault != UpgradeFault.None, "The head was rejected without a reason.");
        if (result != HandshakeResult.Upgrade) return;

        var request = whole.Request!;
        FindingException.Unless(whole.HeadLength is > 0 && whole.HeadLength <= Math.Min(input.Length, Limits.MaxHeadBytes), $"The head has {whole.HeadLength} bytes.");
        FindingException.Unless(dripped.HeadLength == whole.HeadLength, "The lengths of one head differ.");
        FindingException.Unless(AcceptKey.IsValidKey(request.Key), $"The key '{request.Key}' is invalid.");
        FindingException.Unless(request.Path.StartsWith('/'), $"The path '{request.Path}' is invalid.");
        FindingException.Unless(request.Host.Length > 0, "No host.");
        FindingException.Unless(request.CopyHeaders().Values.All(value => !value.AsSpan().ContainsAny("\r\n\0")), "A header value contains a line break or NUL.");

        var subprotocol = request.Subprotocols is [var first, ..] ? first : null;
        Span<byte> answer = stackalloc byte[UpgradeResponse.AcceptLength(subprotocol)];
        var written = UpgradeResponse.WriteAccept(answer, request.Key, subprotocol);
        FindingException.Unless(answer[..written].EndsWith("\r\n\r\n"u8) && answer[..written].IndexOf("\r\n\r\n"u8) == written - 4, "The response is not exactly one head.");
    }
}
