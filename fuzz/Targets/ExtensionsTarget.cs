using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Extensions;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// Parses a Sec-WebSocket-Extensions value as a server's offer and as a client's response. Agreed parameters are within
/// the ranges of RFC 7692, and the client accepts the server's response.
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
        FindingException.Unless(fault is ExtensionFault.None or ExtensionFault.Malformed, $"The offer has the fault {fault}.");
        FindingException.Unless((negotiator.Agreement is null) == (negotiator.Response is null), "There is an agreement without a response, or a response without an agreement.");
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
        FindingException.Unless(agreed.ServerMaxWindowBits is >= 8 and <= 15, $"The server window has {agreed.ServerMaxWindowBits} bits.");
        FindingException.Unless(agreed.ClientMaxWindowBits is >= 8 and <= 15, $"The client window has {agreed.ClientMaxWindowBits} bits.");
    }
}
