namespace Showcase.Judge.Worker;

/// <summary>A check of what a worker can reach.</summary>
/// <param name="Address">An address on which the server listens.</param>
/// <param name="Port">The port on which it listens.</param>
/// <param name="File">A file of the host that must not be readable.</param>
internal sealed record ProbeJob(string Address, int Port, string File);
