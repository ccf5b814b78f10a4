using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Tests.Brokers;

/// <summary>A receiver that ignores what it gets.</summary>
internal sealed class Nobody : IBrokerReceiver
{
    public void OnPublication(string channel, Publication publication, Publication? previous, string epoch)
    {
    }

    public void OnJoin(string channel, ClientInfo info)
    {
    }

    public void OnLeave(string channel, ClientInfo info)
    {
    }
}
