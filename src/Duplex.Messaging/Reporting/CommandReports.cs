using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Reporting;

/// <summary>Starts the reports of clients' commands. Safe from any thread.</summary>
internal sealed class CommandReports(HubMetrics metrics, HubReports reports)
{
    public HubMetrics Metrics { get; } = metrics;

    public HubReports Reports { get; } = reports;

    /// <summary>Starts the report of a command. <see cref="CommandReport.End"/> or <see cref="CommandReport.EndAsync"/> follows on the same stack.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="method">The command's name.</param>
    /// <param name="target">The channel, or the method of a call; empty when there is neither.</param>
    /// <param name="headers">The header fields that the client supplies; null when there are none.</param>
    public CommandReport Begin(ClientContext client, string method, string target = "", IReadOnlyDictionary<string, string>? headers = null) =>
        new(this, client, method, target, HubActivities.StartCommand(client, method, target, headers));
}
