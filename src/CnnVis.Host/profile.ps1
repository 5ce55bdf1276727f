# PowerShell's profile for all users and hosts lies beside the program: the module of this clone is there without an import, unless -NoProfile is said.
Import-Module "$PSScriptRoot/../../../../../CnnVis.psd1"
