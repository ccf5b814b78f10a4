namespace Showcase.Judge.Sandbox;

/// <summary>A worker process did not start.</summary>
internal sealed class WorkerException(string message) : Exception(message);
