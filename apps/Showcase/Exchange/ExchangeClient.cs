using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Exchange.Accounts;

namespace Showcase.Exchange;

/// <summary>What the exchange remembers about a connection.</summary>
internal sealed class ExchangeClient(RequestBudget budget)
{
    /// <summary>Counts a call of a client, which must be within its budget.</summary>
    /// <exception cref="ClientException">429.</exception>
    public static void Charge(ClientContext client)
    {
        if (client.State is ExchangeClient state && !state._budget.TryTake())
            throw new ClientException(429, "Too many calls: wait a second and try again.", isTemporary: true);
    }

    private readonly RequestBudget _budget = budget;
}
