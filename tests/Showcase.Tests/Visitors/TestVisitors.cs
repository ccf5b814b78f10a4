using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

/// <summary>The visitors of a test without sockets.</summary>
internal static class TestVisitors
{
    /// <summary>Admits each user as a visitor with the user's id as name and with the limits of a person.</summary>
    public static void AdmitVisitors(this DuplexEndpointConventionBuilder hub) => hub.OnConnect(static (ClientContext client, TimeProvider time, IOptions<VisitorOptions> options) =>
    {
        client.State = new Visitor(client.User, client.User, new VisitorAllowance("", null, new Allowance(time, options.Value.Person)));
        return ConnectDecision.Allow();
    });
}
