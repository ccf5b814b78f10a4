using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Extensions;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// A Sec-WebSocket-Extensions value, as a server reads an offer and as a client reads an answer. What is agreed is
/// within the range of RFC 7692, and the server's answer is one that the client accepts.
/// </summary>
public sealed class ExtensionsTarget : IFuzzTarget
{
    private static readonly DeflateOptions Server = new() { ServerContextTakeover = true, ClientContextTakeover = true };
    private static readonly DeflateOptions Client = new() { ServerContextTakeover = true, ClientContextTakeover = true };

    public string Name => "extensions";

    public IMutator Mutator { get; } = new ExtensionMutator();

    public long AllowedBytes => 16 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        var negotiator = new DeflateNegotiator(Server);
        var fault = negotiator.Read(input);
        FindingException.Unless(fault is ExtensionFault.None or ExtensionFault.Malformed, $"An offer with {fault}.");
        FindingException.Unless((negotiator.Agreement is null) == (negotiator.Response is null), "An agreement without an answer, or the other way round.");
        Check(negotiator.Agreement);

        DeflateAgreement? agreement = null;
        DeflateOffer.ReadResponse(input, Client, ref agreement);
        Check(agreement);

        var declining = new DeflateNegotiator(null);
        FindingException.Unless(declining.Read(input) == fault && declining.Response is null, "The grammar depends on the options.");
    }

    private static void Check(DeflateAgreement? agreement)
    {
        if (agreement is not { } agreed) return;
        FindingException.Unless(agreed.ServerMaxWindowBits is >= 8 and <= 15, $"A server window of {agreed.ServerMaxWindowBits} bits.");
        FindingException.Unless(agreed.ClientMaxWindowBits is >= 8 and <= 15, $"A client window of {agreed.ClientMaxWindowBits} bits.");
    }
}
