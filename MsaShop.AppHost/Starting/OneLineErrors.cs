namespace MsaShop.AppHost.Starting;

/// <summary>Ends the program with one line instead of a stack trace if the developer can fix the cause.</summary>
internal static class OneLineErrors
{
    /// <summary>Call it first. Tests, which start the shop in their own process, see the exception itself.</summary>
    public static void Use() =>
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            // Errors at the start arrive as the failure of a task.
            if (
                (unhandled.ExceptionObject as Exception)?.GetBaseException()
                is DistributedApplicationException exception
            )
            {
                Console.Error.WriteLine($"error: {exception.Message}");
                Environment.Exit(1);
            }
        };
}
