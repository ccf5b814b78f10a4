using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Rest;

/// <summary>A call for market data. It is independent of the transport that carries it.</summary>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="WeightOf">Returns the weight of a call; it must accept any parameters.</param>
/// <param name="Prepare">Reads the parameters and returns the work of the writer, whose result holds copies alone.</param>
internal sealed record MarketCall(
    IReadOnlyCollection<string> Parameters, Func<CallParameters, int> WeightOf, Func<CallParameters, Func<Venue, long, PublicValue>> Prepare);
