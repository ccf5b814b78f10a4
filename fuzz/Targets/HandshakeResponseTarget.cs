using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Handshake;

namespace Duplex.Fuzz.Targets;

/// <summary>Parses the head of a server's response whole and byte by byte: both results are equal, and agreed parameters were offered.</summary>
public sealed class HandshakeResponseTarget : IFuzzTarget
{
    // Key of RFC 6455 section 1.3, to which the seeds respond.
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private static readonly HandshakeLimits Limits = new() { MaxHeadBytes = 4096, MaxHeaderCount = 32 };
    private static readonly string[] Subprotocols = ["chat", "superchat"];
    private static readonly DeflateOptions Compression = new() { ServerContextTakeover = true, ClientContextTakeover = true };

    public string Name => "response";

    public IMutator Mutator { get; } = new HeadMutator();

    public long AllowedBytes => 256 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = new ResponseHeadReader(Limits);
        var isComplete = whole.TryRead(input, out var fault);

        var dripped = new ResponseHeadReader(Limits);
        var (isDrippedComplete, drippedFault) = (false, UpgradeResponseFault.None);
        for (var length = 1; length <= input.Length && !isDrippedComplete && drippedFault == UpgradeResponseFault.None; length++)
            isDrippedComplete = dripped.TryRead(input[..length], out drippedFault);

        FindingException.Unless((isComplete, fault) == (isDrippedComplete, drippedFault), $"Whole: {isComplete} {fault}. Dripped: {isDrippedComplete} {drippedFault}.");
        FindingException.Unless(!isComplete || fault == UpgradeResponseFault.None, $"The complete head has the fault {fault}.");
        if (!isComplete) return;

        FindingException.Unless(whole.HeadLength is > 0 && whole.HeadLength <= Math.Min(input.Length, Limits.MaxHeadBytes), $"The head has {whole.HeadLength} bytes.");
        FindingException.Unless(dripped.HeadLength == whole.HeadLength, "The lengths of one head differ.");
        FindingException.Unless(input[..whole.HeadLength].EndsWith("\r\n\r\n"u8), "The head does not end at its empty line.");
        Judge(whole.Head!, Compression);
        Judge(whole.Head!, null);
    }

    private static void Judge(ResponseHead head, DeflateOptions? compression)
    {
        var fault = UpgradeResponseRules.Check(head, Key, Subprotocols, compression, out var agreement);
        if (fault != UpgradeResponseFault.None) return;

        // RFC 6455 section 4.1.
        FindingException.Unless(head.Status == 101, $"The status {head.Status} was accepted.");
        FindingException.Unless(AcceptKey.Compute(Key).Equals(head.Find("Sec-WebSocket-Accept"), StringComparison.Ordinal), "A wrong accept key was accepted.");
        FindingException.Unless(agreement.Subprotocol is null || Subprotocols.Contains(agreement.Subprotocol), $"The subprotocol '{agreement.Subprotocol}' was not offered.");
        FindingException.Unless(agreement.Deflate is null || compression is not null, "Compression was not offered.");
        if (agreement.Deflate is not { } deflate) return;
        FindingException.Unless(deflate.ServerMaxWindowBits is >= 8 and <= 15 && deflate.ClientMaxWindowBits is >= 8 and <= 15, $"The windows have {deflate.ServerMaxWindowBits} and {deflate.ClientMaxWindowBits} bits.");
    }
}
