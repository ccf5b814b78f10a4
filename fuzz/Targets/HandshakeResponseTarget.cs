using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Handshake;

namespace Duplex.Fuzz.Targets;

/// <summary>The head of a server's answer, whole and byte by byte: the same verdict, and what is agreed was offered.</summary>
public sealed class HandshakeResponseTarget : IFuzzTarget
{
    // RFC 6455 section 1.3, so that the seeds answer it.
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
        FindingException.Unless(!isComplete || fault == UpgradeResponseFault.None, $"A complete head with {fault}.");
        if (!isComplete) return;

        FindingException.Unless(whole.HeadLength is > 0 && whole.HeadLength <= Math.Min(input.Length, Limits.MaxHeadBytes), $"A head of {whole.HeadLength} bytes.");
        FindingException.Unless(dripped.HeadLength == whole.HeadLength, "Two lengths for one head.");
        FindingException.Unless(input[..whole.HeadLength].EndsWith("\r\n\r\n"u8), "A head that ends elsewhere than at its empty line.");
        Judge(whole.Head!, Compression);
        Judge(whole.Head!, null);
    }

    private static void Judge(ResponseHead head, DeflateOptions? compression)
    {
        var fault = UpgradeResponseRules.Check(head, Key, Subprotocols, compression, out var agreement);
        if (fault != UpgradeResponseFault.None) return;

        // RFC 6455 section 4.1.
        FindingException.Unless(head.Status == 101, $"Accepted with status {head.Status}.");
        FindingException.Unless(AcceptKey.Compute(Key).Equals(head.Find("Sec-WebSocket-Accept"), StringComparison.Ordinal), "Accepted with another accept key.");
        FindingException.Unless(agreement.Subprotocol is null || Subprotocols.Contains(agreement.Subprotocol), $"The subprotocol '{agreement.Subprotocol}' was not offered.");
        FindingException.Unless(agreement.Deflate is null || compression is not null, "Compression was not offered.");
        if (agreement.Deflate is not { } deflate) return;
        FindingException.Unless(deflate.ServerMaxWindowBits is >= 8 and <= 15 && deflate.ClientMaxWindowBits is >= 8 and <= 15, $"Windows of {deflate.ServerMaxWindowBits} and {deflate.ClientMaxWindowBits} bits.");
    }
}
