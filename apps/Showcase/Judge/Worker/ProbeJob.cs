namespace Showcase.Judge.Worker;

/// <summary>A check of what a worker can reach.</summary>
/// <param name="Port">A loopback port on which the server listens.</param>
/// <param name="File">A file of the host that must not be readable.</param>
internal sealed record ProbeJob(int Port, string File);
