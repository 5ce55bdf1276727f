# Before anything else of the module: .NET keeps one version of an assembly a process, so a second one would run the first one's code, or load a second libtorch, which ends the process.
$others = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'CnnVis.PowerShell' -and $_.Location -and [IO.Path]::GetDirectoryName($_.Location) -ne $PSScriptRoot }
foreach ($other in $others) {
    # The same file by another path is no other version.
    if ((Get-FileHash $other.Location).Hash -eq (Get-FileHash "$PSScriptRoot/CnnVis.PowerShell.dll").Hash) { continue }
    throw "CnnVis $($other.GetName().Version.ToString(3)) of '$([IO.Path]::GetDirectoryName($other.Location))' was used in this session already, and .NET cannot change it for the one of '$PSScriptRoot'. Start a new pwsh, and import one of them."
}

# Here and not by the manifest, which would come first and complain of members that another version had added; members that the same file has added by another path are there already.
Update-TypeData -PrependPath "$PSScriptRoot/CnnVis.Types.ps1xml" -ErrorAction Ignore
Update-TypeData -TypeData ([CnnVis.PowerShell.Pipeline.ResultTypes]::Adapted()) -Force
Export-ModuleMember
