using Aspirate;

if (args is ["settings", "update-checks", "enable" or "disable"])
{
    // This stand-in never looks for updates.
    return 0;
}

try
{
    Generator.Run(GenerateOptions.Parse(args), Console.Out);
    return 0;
}
catch (AspirateException exception)
{
    await Console.Error.WriteLineAsync($"aspirate: {exception.Message}");
    return 1;
}
